/** What the program and other features may use of files. */
export { tidyFiles } from './jobs.ts'
export { bringBackFile } from './recycle.ts'
export { exchangeFile, type FileCall, type FileReply } from './road.ts'
export { filesOn, hangUploads, markFilesOf } from './store.ts'
