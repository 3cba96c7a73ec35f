"""What a person sees of a result: charts and schematic maps, every label in both languages."""
