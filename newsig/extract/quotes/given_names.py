"""Given names that tell "he" from "she". A name that is borne by both, or is not here, tells nothing."""

from __future__ import annotations

from newsig.extract.lexicon import words

MALE = words("""
    Aaron Adam Adrian Ahmed Akihiko Al Alan Albert Alberto Alejandro Alessandro Alexander Alfred Ali Alistair Allan
    Allen Alvin Andre Andreas Andrew Andy Angelo Anthony Anton Antonio Arnaud Arnold Arthur Barack Barry Ben
    Benjamin Bernard Bernd Bert Bill Bob Boris Brad Bradley Brandon Brendan Brent Brett Brian Bruce Bruno Bryan
    Bryant Byron Calvin Carl Carlo Carlos Cesar Chad Charles Charlie Christian Christoph Christophe Christopher
    Chuck Clark Claude Claudio Clint Clive Colin Corey Craig Curtis Cyril Dan Daniel Darren Darryl Dave David Dean
    Dennis Derek Diego Dieter Dirk Dmitry Dominic Don Donald Doug Douglas Duncan Dustin Dwight Earl Ed Eddie Edgar
    Edmund Eduardo Edward Edwin Eli Elliott Eric Erik Ernest Ernst Ethan Eugene Evan Felipe Felix Fernando Francesco
    Francisco Franck Francois Frank Franklin Franz Fred Frederic Frederick Gabriel Gareth Garrett Gary Gavin Geoff
    Geoffrey George Gerald Gerard Gerhard Giorgio Giovanni Giulio Glen Glenn Gordon Graham Grant Greg Gregory Guido
    Gustavo Hank Hans Harold Harry Harvey Hassan Hector Heinz Hendrik Henri Henrik Henry Herbert Herman Hiroshi
    Horst Howard Hugh Hugo Ian Ibrahim Igor Ilya Ira Isaac Ivan Jack Jacob Jacques Jake Jakob Jakub James Jared
    Jason Javier Jay Jean-Claude Jeff Jeffrey Jens Jeremy Jerome Jerry Jim Jimmy Joachim Joao Joaquin Joe Joel Johan
    Johannes John Johnny Jon Jonathan Jorge Jose Josef Joseph Josh Joshua Juan Juergen Jules Julian Julio Julius
    Jurgen Justin Karl Kazuo Keith Ken Kenji Kenneth Kevin Kirk Klaus Konstantin Kurt Kyle Lance Larry Lars Laurent
    Lawrence Leo Leon Leonard Leonid Leopold Les Liam Lloyd Louis Luc Luca Lucas Luigi Luis Luke Malcolm Manuel Marc
    Marcel Marcelo Marco Marcos Marcus Mario Mark Markus Martin Marty Marvin Masayuki Mathias Matt Matthew Matthias
    Maurice Mauricio Max Maxim Mehdi Michael Michel Miguel Mikhail Mike Milton Mitch Mitchell Mohamed Mohammed
    Mohamad Morris Moshe Muhammad Murray Nathan Nathaniel Neal Ned Neil Nelson Nicholas Nick Nicolas Nigel Nikolai
    Noel Norman Oleg Oliver Olivier Omar Oscar Otto Owen Pablo Paolo Pascal Patrick Paul Pavel Pedro Per Pete Peter
    Phil Philip Philipp Philippe Phillip Pierre Rafael Rainer Rajiv Ralf Ralph Ramon Randall Randy Raul Ray Raymond
    Rene Reinhard Ricardo Richard Rick Rob Robert Roberto Rod Rodney Rodrigo Roger Roland Rolf Roman Romano Ron
    Ronald Rory Ross Roy Ruben Rudolf Rudy Rupert Russ Russell Ryan Salvatore Sam Samuel Santiago Scott Sean
    Sebastian Serge Sergei Sergey Sergio Seth Shane Shaun Shawn Shinzo Simon Stan Stanley Stefan Stefano Stephan
    Stephane Stephen Steve Steven Stewart Stuart Sven Takashi Takeshi Ted Terrence Terry Theodore Thierry Thomas Tim
    Timothy Toby Todd Tom Tomas Tommy Tony Toshihiko Travis Trevor Tyler Ulrich Uwe Vaclav Victor Vikram Vincent
    Vincenzo Viktor Vladimir Walter Warren Wayne Wilhelm Will Willem William Wolfgang Xavier Yasuo Yoshihiko Yuri
    Yves Zachary
""")
FEMALE = words("""
    Abby Abigail Adriana Agatha Agnes Alexandra Alexis Alice Alicia Alison Allison Amanda Amber Amelia Amy Ana
    Anastasia Angela Angelina Anita Ann Anna Anne Annette Annie Astrid Audrey Barbara Beatrice Becky Belinda
    Bernadette Beth Bethany Betsy Betty Beverly Birgit Bonnie Brenda Bridget Brigitte Brittany Camilla Candace Carla
    Carly Carmen Carol Carole Caroline Carolyn Carrie Catherine Cathy Cecilia Celine Charlotte Cheryl Chiara Chloe
    Christina Christine Cindy Claire Clara Claudia Colleen Connie Cristina Cynthia Daisy Daniela Danielle Dawn
    Deborah Debbie Debra Denise Diana Diane Dolores Donna Doris Dorothy Edith Eileen Elaine Eleanor Elena Elisabeth
    Elise Eliza Elizabeth Ella Ellen Elsa Emily Emma Erica Erika Erin Esther Eva Evelyn Fatima Felicity Fiona
    Frances Francesca Gabriela Gail Gemma Georgina Gertrude Gina Gladys Glenda Gloria Grace Greta Hannah Heather
    Heidi Helen Helena Helga Hillary Holly Ilona Inga Ingrid Irene Irina Iris Isabel Isabella Ivanka Jacqueline Jane
    Janet Janice Janine Jeanne Jeannette Jennifer Jenny Jessica Jill Joan Joanna Joanne Johanna Josephine Joy Joyce
    Juanita Judith Judy Julia Juliana Julie Juliet Karen Karin Kate Katharina Katherine Kathleen Kathryn Kathy Katie
    Katrina Katy Kimberly Kirsten Kristen Kristin Kristina Larissa Laura Lauren Leah Leonie Lillian Linda Lisa Liz
    Lois Lorraine Louise Lucia Lucy Lydia Lynn Madeleine Madeline Maggie Marcia Margaret Margot Maria Marian
    Marianne Marie Marilyn Marina Marisa Marisol Marjorie Marlene Marta Martha Martina Mary Maureen Megan Meghan
    Melania Melanie Melinda Melissa Mercedes Meredith Mia Michelle Mildred Miranda Miriam Moira Molly Monica Monika
    Nadia Nancy Naomi Natalia Natalie Natasha Nicole Nina Nora Norma Olga Olivia Pamela Patricia Paula Pauline
    Penelope Penny Petra Phyllis Priscilla Rachel Rebecca Regina Renate Renee Rhonda Rita Roberta Rosa Rosalind
    Rosanne Rose Rosemary Roxanne Ruth Sabine Sabrina Sally Samantha Sandra Sarah Sara Sharon Sheila Shelley Sherry
    Shirley Silvia Sonia Sonja Sophia Sophie Stella Stephanie Sue Susan Susanna Susanne Suzanne Svetlana Sylvia
    Tamara Tammy Tanya Tara Tatiana Teresa Thea Theresa Tiffany Tina Ursula Valerie Vanessa Vera Veronica Victoria
    Virginia Vivian Wanda Wendy Yolanda Yukari Yvette Yvonne Zara Zoe
""")
