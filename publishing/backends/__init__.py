"""Where tweets go. One class for each platform; the practice publisher is the default."""
