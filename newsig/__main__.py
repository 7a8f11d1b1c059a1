"""``python -m newsig`` is ``newsig``."""

from newsig.cli import main

if __name__ == "__main__":
    main(prog_name="newsig")
