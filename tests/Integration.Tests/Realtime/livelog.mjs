// Somebody who watches with Microsoft's own client. Prints "ready", then each event on a line of its own.
//   node livelog.mjs <base address> <connector> <key>
import { WebPubSubClient } from "@azure/web-pubsub-client";

const [base, connector, key] = process.argv.slice(2);

async function negotiate() {
  const reply = await fetch(`${base}/api:1/service/${connector}/log/negotiate`, { headers: { authorization: `token ${key}` } });
  if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
  return (await reply.json()).url;
}

const client = new WebPubSubClient({ getClientAccessUrl: negotiate });
client.on("group-message", ({ message }) => {
  for (const event of Array.isArray(message.data) ? message.data : [message.data]) console.log(JSON.stringify(event));
});
client.on("connected", () => console.log("ready"));
await client.start();
