"""The register in the admin: responses of every channel found, read whole, and acted on."""
