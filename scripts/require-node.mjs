/** Ends with a clear message under a Node that cannot run the sources. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Doppel needs Node 22.18 or later, this is ${process.versions.node}. Run "npm ci": it brings Node 24 for all npm scripts.`,
  );
  process.exit(2);
}
