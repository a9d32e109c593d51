"""What travels over HTTP where reports of the services do not travel as they are."""
