"""The first page of the program: a promise and two ways in."""
