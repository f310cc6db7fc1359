"""Classes, records of training and planned talks at the organization department."""
