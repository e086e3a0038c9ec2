"""Small programs whose start is measured from outside; they stand alone, so that nothing of the checkout is loaded with them."""
