"""Pages. They ask `visible_to` what a person may see, and the door for everything that is done."""
