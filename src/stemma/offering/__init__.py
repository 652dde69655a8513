"""What pages offer to Group stages, kind by kind: each module packs its items and rebuilds them."""
