"""How well copies of stories are found: the labelled pairs, and what is measured on them."""
