"""By hand: ``python -m kcc.embedded start|stop|status``."""

import sys

from kcc.embedded import ServiceError, data_dir, services


def main(argv: list[str]) -> int:
    """``start``, ``stop`` or ``status`` of the services of this data directory."""
    action = argv[1] if len(argv) == 2 else ""
    if action not in {"start", "stop", "status"}:
        sys.stderr.write("Gebruik: python -m kcc.embedded start|stop|status\n")
        return 2
    try:
        for service in services(data_dir()):
            if action == "start":
                service.start()
            elif action == "stop":
                service.stop()
            state = f"draait (proces {service.pid()})" if service.pid() else "draait niet"
            sys.stdout.write(f"{service.name}: {state}\n")
    except ServiceError as exc:
        sys.stderr.write(f"{exc}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
