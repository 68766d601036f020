// A directory of identities and a server of accounts, both the real ones, on free ports of this
// machine. Takes a folder for its files, and a key that passes its rate limits. Prints one line of JSON when they answer, and ends when
// its standard input does.
const crypto = require("node:crypto");
const net = require("node:net");
const { Database, PlcServer } = require("@did-plc/server");
const { PDS, envToCfg, envToSecrets } = require("@atproto/pds");

const folder = process.argv[2];
const bypass = process.argv[3];
// Both would listen to the whole network.
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  return typeof port === "number"
    ? listen.call(this, port, "127.0.0.1", ...rest.filter((each) => each !== "127.0.0.1"))
    : listen.call(this, port, ...rest);
};
const secret = () => crypto.randomBytes(32).toString("hex");

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function main() {
  const directory = PlcServer.create({ db: Database.mock(), port: await freePort() });
  await directory.start();
  const port = await freePort();
  const env = {
    port,
    hostname: "localhost",
    devMode: true,
    dataDirectory: folder,
    blobstoreDiskLocation: `${folder}/blobs`,
    didPlcUrl: `http://127.0.0.1:${directory.server.address().port}`,
    inviteRequired: false,
    rateLimitsEnabled: true,
    rateLimitBypassKey: bypass,
    crawlers: [],
    jwtSecret: secret(),
    adminPassword: secret(),
    plcRotationKeyK256PrivateKeyHex: secret(),
  };
  const server = await PDS.create(envToCfg(env), envToSecrets(env));
  await server.start();
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` }));
  process.stdin.resume();
  process.stdin.on("end", () => process.exit(0));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
