/** Ends the process with a sentence when this Node cannot open the database. */
export function requireNode24(version = process.versions.node): void {
  if (Number(version.split('.')[0]) >= 24) return
  process.stderr.write(
    `Kezhan needs Node 24 or newer; this is Node ${version}. Start it with "npm start" or "npm run kezhan", which bring their own.\n`,
  )
  process.exit(1)
}
