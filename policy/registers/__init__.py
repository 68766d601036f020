"""What a force keeps beside its pack: court restrictions and pre-election periods, with dates."""
