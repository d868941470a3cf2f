import { TOOL_VERSION } from '../../model/version.js';

/** Files that bring the check into a CI system, and what is left to do by hand. */
export interface CiTemplate {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly next: string;
}

const tool = `dag2event@${TOOL_VERSION}`;

// Names of branches and people come through the environment, never into the text of a script.

const githubWorkflow = `# Findings on Airflow DAGs that a pull request brings. Also works for forks: nothing here needs a token that can write.
name: dag2event
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  dag2event:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          # The commit that the change started from must be there.
          fetch-depth: 0
          persist-credentials: false
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      # Annotations and summary come by themselves.
      - name: Check DAGs
        run: npx --yes ${tool} check . --format text --format github --format summary --format markdown=dag2event.md --format sarif=dag2event.sarif
      # For the comment, which another workflow writes: see dag2event-comment.yml.
      - name: Keep the comment
        if: always() && github.event_name == 'pull_request'
        uses: actions/upload-artifact@v4
        with:
          name: dag2event-comment
          path: dag2event.md
          if-no-files-found: ignore
`;

const githubComment = `# Writes what the workflow dag2event found into one comment, and updates it in place. It runs with the token of this
# repository, so that it never checks out or runs anything of the pull request: the text is all that it takes from there.
name: dag2event comment
on:
  workflow_run:
    workflows: [dag2event]
    types: [completed]
permissions:
  actions: read
  pull-requests: write
jobs:
  comment:
    if: github.event.workflow_run.event == 'pull_request'
    runs-on: ubuntu-latest
    env:
      GH_TOKEN: \${{ github.token }}
      REPOSITORY: \${{ github.repository }}
      RUN: \${{ github.event.workflow_run.id }}
      HEAD_SHA: \${{ github.event.workflow_run.head_sha }}
      HEAD: \${{ github.event.workflow_run.head_repository.owner.login }}:\${{ github.event.workflow_run.head_branch }}
    steps:
      - name: Comment
        run: |
          gh run download "$RUN" --repo "$REPOSITORY" --name dag2event-comment || exit 0
          number=$(gh api --method GET "repos/$REPOSITORY/pulls" -f state=open -f head="$HEAD" --jq ".[] | select(.head.sha == \\"$HEAD_SHA\\") | .number" | head -n 1)
          if [ -z "$number" ]; then exit 0; fi
          mark=$(tail -n 1 dag2event.md)
          case "$mark" in '<!-- dag2event:'*' -->') ;; *) exit 0 ;; esac
          comment=$(gh api --paginate "repos/$REPOSITORY/issues/$number/comments?per_page=100" --jq ".[] | select(.user.login == \\"github-actions[bot]\\") | select(.body | contains(\\"<!-- dag2event:\\")) | .id" | head -n 1)
          if [ -n "$comment" ]; then
            gh api --method PATCH "repos/$REPOSITORY/issues/comments/$comment" -F body=@dag2event.md --silent
          else
            gh api --method POST "repos/$REPOSITORY/issues/$number/comments" -F body=@dag2event.md --silent
          fi
`;

const gitlab = `# Findings on Airflow DAGs that a merge request brings: in the log, the code quality widget and the test report.
dag2event:
  stage: test
  image: node:22
  variables:
    # The commit that the change started from must be there.
    GIT_DEPTH: "0"
  script:
    - npx --yes ${tool} check . --format text --format gitlab=gl-code-quality-report.json --format junit=dag2event-junit.xml
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
      junit: dag2event-junit.xml
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
`;

const preCommit = `repos:
  - repo: local
    hooks:
      - id: dag2event
        name: dag2event
        language: node
        additional_dependencies: ["${tool}"]
        entry: dag2event check . --base HEAD
        # A change of one file is judged against all others.
        pass_filenames: false
        require_serial: true
        types_or: [python, yaml, json, sql, toml]
`;

export const ciTemplates = {
  github: {
    files: [
      { path: '.github/workflows/dag2event.yml', text: githubWorkflow },
      { path: '.github/workflows/dag2event-comment.yml', text: githubComment },
    ],
    next: 'commit them; the comment workflow counts once it is on the default branch, and may be left out',
  },
  gitlab: {
    files: [{ path: '.gitlab/dag2event.gitlab-ci.yml', text: gitlab }],
    next: 'add to .gitlab-ci.yml: include: [{ local: .gitlab/dag2event.gitlab-ci.yml }]',
  },
  'pre-commit': {
    files: [{ path: '.pre-commit-config.yaml', text: preCommit }],
    next: 'run pre-commit install',
  },
} as const satisfies Record<string, CiTemplate>;
