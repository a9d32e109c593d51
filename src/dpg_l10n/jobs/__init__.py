"""Long work: kept in a database, done in durable steps by DBOS."""
