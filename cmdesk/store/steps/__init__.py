"""Steps of the schema, one module per topic; ``migrations`` puts them in their order."""
