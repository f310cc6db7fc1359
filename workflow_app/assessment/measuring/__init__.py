"""What is not rated: measured figures, and matters established by some organ. Each with its document, who entered it, and when."""
