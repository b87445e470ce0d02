#!/usr/bin/env bash
# Keeps a file for each story of the news in this folder, and goes on where it was when it is started again.
# Needs nats and jq. NATS_URL is the broker, as nats://127.0.0.1:4222. The command acknowledges what it prints: what it
# had in hand when the machine died is not sent again; use the Go package where that matters.
nats consumer info NEWS mirror-nats >/dev/null 2>&1 || nats consumer add NEWS mirror-nats --pull --defaults \
  --filter 'news.wire.*.*' --deliver subject --ack explicit --max-pending 1 >/dev/null || exit 1
while :; do
  article=$(nats consumer next NEWS mirror-nats --raw --timeout 10s 2>/dev/null) || continue
  story=$(jq -r .story <<<"$article")
  if jq -e '(.item.pubStatus // "usable") == "usable"' <<<"$article" >/dev/null; then
    jq -r .text <<<"$article" >"$story.txt"
  else
    rm -f "$story.txt" # killed, or taken back
  fi
done
