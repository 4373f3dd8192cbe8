/** What the host, the command line and tests use of the first run. */
export { issueSetupToken } from '../session/public.ts'
export { type NewWorkspace, setUpWorkspace, workspaceProblem } from './workspace.ts'
