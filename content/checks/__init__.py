"""What a pack must hold to beyond its model: chance gives nothing away, sides weigh alike, words stay fair."""
