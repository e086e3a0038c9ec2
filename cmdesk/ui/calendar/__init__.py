"""The calendar: month, week and agenda, of one client or of all of them."""
