/** Imported first by every entry: an old Node must end in a sentence, not in a syntax error three files later. */
const [major, minor] = process.versions.node.split('.').map(Number)

if (!(major > 20 || (major === 20 && minor >= 11))) {
  process.stderr.write(
    `Kezhan needs Node 20.11 or newer to start itself, this is Node ${process.versions.node}. Install a current Node from https://nodejs.org and try again.\n`,
  )
  process.exit(1)
}
