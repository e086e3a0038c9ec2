// The real servers of the AT Protocol for the tests. NET=pds: directory and personal server, on SQLite. NET=all: the whole network.
// Prints one line of JSON when all is ready and ends on SIGTERM. DATA is a folder
// in which a lone personal server keeps its records when it dies.
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const home = path.join(process.env.SERVERS, 'node_modules', '@atproto', 'dev-env', 'dist', 'index.js')
const { TestNetwork, TestNetworkNoAppView, mockMailer } = await import(pathToFileURL(home))

const port = (n) => ({ port: Number(process.env.PORT_BASE) + n })
const pds = {
  ...port(3),
  hostname: 'localhost',
  enableDidDocWithSession: true,
  rateLimitsEnabled: process.env.RATE_LIMITS === '1',
}
// The whole network has a second personal server that takes the same settings: only a lone one can have its own folders.
const lasting = {
  dataDirectory: path.join(process.env.DATA, 'records'),
  blobstoreDiskLocation: path.join(process.env.DATA, 'blobs'),
}
const network =
  process.env.NET === 'pds'
    ? await TestNetworkNoAppView.create({ plc: port(2), pds: { ...pds, ...lasting } })
    : await TestNetwork.create({
        dbPostgresSchema: 'cmdesk',
        plc: port(2),
        pds,
        ozone: port(7),
        introspect: port(1),
        bsky: { ...port(4), publicUrl: `http://localhost:${port(4).port}` },
      })
mockMailer(network.pds)
console.log(JSON.stringify({ pds: network.pds.url, plc: network.plc.url, bsky: network.bsky?.url ?? null, pid: process.pid }))
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => network.close().finally(() => process.exit(0)))
}
