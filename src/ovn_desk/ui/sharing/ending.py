"""How a file that was handed over is called."""

HANDED_OVER = ".ovnb"
