"""Small widgets that every screen is built of; each is handed the theme and knows nothing of clients' data."""
