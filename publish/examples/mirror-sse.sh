#!/usr/bin/env bash
# Keeps a file for each story of the news in this folder, and goes on where it was when it is started again.
# Needs curl and jq. WIRE_URL is the line, as http://127.0.0.1:8080.
take() { # id, article
  local story
  story=$(jq -r '.story // empty' <<<"$2")
  [ -n "$story" ] || return 0 # tells of a gap, or of the end
  if jq -e '(.item.pubStatus // "usable") == "usable"' <<<"$2" >/dev/null; then
    jq -r .text <<<"$2" >"$story.txt"
  else
    rm -f "$story.txt" # killed, or taken back
  fi
  echo "$1" >.since
}
while :; do
  [ ! -s .since ] || last=(-H "Last-Event-ID: $(cat .since)")
  curl -sN -H 'Accept: text/event-stream' "${last[@]}" "$WIRE_URL/v1/stream/wire/*?from=current" | while read -r field value; do
    case $field in
      id:) id=$value ;;
      data:) take "$id" "$value" ;;
    esac
  done
  sleep 1
done
