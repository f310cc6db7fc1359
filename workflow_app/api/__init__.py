"""The interface for programs: what a seat may see and do, through the same door and with the same refusals (OpenAPI 3.1)."""
