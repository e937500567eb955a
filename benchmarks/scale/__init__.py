"""What Serai costs on one machine and on a cluster, measured at several sizes and carried to larger ones."""
