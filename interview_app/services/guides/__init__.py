"""Find, read, edit, merge and check guides; notes and stories beside them."""
