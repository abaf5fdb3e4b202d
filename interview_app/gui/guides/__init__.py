"""The Guides page: browse, read, edit, import, stories."""
