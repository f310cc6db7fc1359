"""Training of many people and planned talks. It writes its own rows and cannot move a case; nothing here feeds a score or a trigger."""
