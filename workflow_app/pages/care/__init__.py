"""Care and return at the organization department: pools, plans of help, fitting posts, restoration."""
