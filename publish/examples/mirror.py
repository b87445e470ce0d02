"""Keeps a file for each story of the news in this folder, and goes on where it was when it is started again."""
import json, os, pathlib, time, urllib.request

base, place = os.environ["WIRE_URL"], pathlib.Path(".since")

def take(line):
    article, file = line["article"], pathlib.Path(line["article"]["story"] + ".txt")
    if article["item"].get("pubStatus", "usable") != "usable":  # killed, or taken back
        file.unlink(missing_ok=True)
    else:
        file.write_text(article["text"], encoding="utf-8")
    place.write_text(str(line["seq"]))

while True:
    since = "since=" + place.read_text() if place.exists() else "from=current"
    try:
        with urllib.request.urlopen(f"{base}/v1/stream/wire/*?format=ndjson&{since}", timeout=60) as lines:
            for line in filter(str.strip, map(bytes.decode, lines)):
                if "article" in (news := json.loads(line)):
                    take(news)
    except OSError as why:
        print("again in a second:", why)
    time.sleep(1)
