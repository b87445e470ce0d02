// Keeps a file for each story of the news in this folder, and goes on where it was when it is started again.
// npm install @nats-io/transport-node @nats-io/jetstream
import { rmSync, writeFileSync } from "node:fs";
import { connect } from "@nats-io/transport-node";
import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager } from "@nats-io/jetstream";

const nc = await connect({ servers: process.env.NATS_URL });
const jsm = await jetstreamManager(nc);
await jsm.consumers.add("NEWS", {
  durable_name: "mirror-node",
  filter_subject: "news.wire.*.*", // or news.source.sana.*, news.place.sy.*, …
  deliver_policy: DeliverPolicy.LastPerSubject, // first the state of each story, then what follows
  ack_policy: AckPolicy.Explicit,
  max_ack_pending: 1, // one at a time, so that a crash cannot put them out of order
});
const consumer = await jetstream(nc).consumers.get("NEWS", "mirror-node");
for await (const message of await consumer.consume()) {
  const article = message.json();
  const gone = (article.item.pubStatus ?? "usable") !== "usable"; // killed, or taken back
  if (gone) rmSync(`${article.story}.txt`, { force: true });
  else writeFileSync(`${article.story}.txt`, article.text);
  message.ack();
}
