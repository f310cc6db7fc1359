"""Care and return: candidate pools, plans of help, fitting posts, restoration. It writes its own rows and cannot move a case."""
