// Somebody who watches with Microsoft's own client. Prints "ready", then each event on a line of its own, and "missed" with a number when some are missing.
//   node livelog.mjs <base address> <connector> <key>
import { WebPubSubClient } from "@azure/web-pubsub-client";

const [base, connector, key] = process.argv.slice(2);

async function negotiate() {
  const reply = await fetch(`${base}/api:1/service/${connector}/log/negotiate`, { headers: { authorization: `token ${key}` } });
  if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
  return (await reply.json()).url;
}

const client = new WebPubSubClient({ getClientAccessUrl: negotiate });
const next = {};
client.on("group-message", ({ message }) => {
  const events = [message.data].flat();
  const { sender, n } = events[0];
  const missed = n - (next[sender] ?? n);
  if (missed < 0) return; // it came before
  next[sender] = events.reduce((sum, event) => sum + (event.type === "dropped" ? event.count : 1), n);
  if (missed > 0) console.log(`missed ${missed}`);
  for (const event of events) console.log(JSON.stringify(event));
});
client.on("connected", () => console.log("ready"));
await client.start();
