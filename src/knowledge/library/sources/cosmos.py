"""Configuration of Astronomer Cosmos 1.15: what a DAG file says about a dbt project and how its tasks run it."""

from enum import Enum
from pathlib import Path

_NOTHING = object()


class CosmosValueError(ValueError):
    pass


class LoadMode(Enum):
    AUTOMATIC = "automatic"
    CUSTOM = "custom"
    DBT_LS = "dbt_ls"
    DBT_LS_FILE = "dbt_ls_file"
    DBT_LS_CACHE = "dbt_ls_cache"
    DBT_MANIFEST = "dbt_manifest"


class TestBehavior(Enum):
    BUILD = "build"
    NONE = "none"
    AFTER_EACH = "after_each"
    AFTER_ALL = "after_all"


class ExecutionMode(Enum):
    WATCHER = "watcher"
    LOCAL = "local"
    AIRFLOW_ASYNC = "airflow_async"
    DOCKER = "docker"
    KUBERNETES = "kubernetes"
    AWS_EKS = "aws_eks"
    AWS_ECS = "aws_ecs"
    VIRTUALENV = "virtualenv"
    AZURE_CONTAINER_INSTANCE = "azure_container_instance"
    GCP_CLOUD_RUN_JOB = "gcp_cloud_run_job"
    GCP_GKE = "gcp_gke"
    WATCHER_GCP_GKE = "watcher_gcp_gke"
    WATCHER_KUBERNETES = "watcher_kubernetes"


class InvocationMode(Enum):
    SUBPROCESS = "subprocess"
    DBT_RUNNER = "dbt_runner"


class TestIndirectSelection(Enum):
    EAGER = "eager"
    CAUTIOUS = "cautious"
    BUILDABLE = "buildable"
    EMPTY = "empty"


class SourceRenderingBehavior(Enum):
    NONE = "none"
    ALL = "all"
    WITH_TESTS_OR_FRESHNESS = "with_tests_or_freshness"


class SeedRenderingBehavior(Enum):
    ALWAYS = "always"
    WHEN_SEED_CHANGES = "when_seed_changes"
    RENDER_ONLY = "render_only"
    NONE = "none"


class DbtResourceType(Enum):
    MODEL = "model"
    SNAPSHOT = "snapshot"
    SEED = "seed"
    TEST = "test"
    SOURCE = "source"
    EXPOSURE = "exposure"


class ProjectConfig:
    dbt_project_path = None
    manifest_path = None
    models_path = None
    seeds_path = None
    snapshots_path = None

    def __init__(
        self,
        dbt_project_path=None,
        install_dbt_deps=True,
        copy_dbt_packages=False,
        models_relative_path="models",
        seeds_relative_path="seeds",
        snapshots_relative_path="snapshots",
        manifest_path=None,
        manifest_conn_id=None,
        project_name=None,
        env_vars=None,
        dbt_vars=None,
        partial_parse=True,
    ):
        if not dbt_project_path and bool(manifest_path) != bool(project_name):
            raise CosmosValueError("manifest_path and project_name must be given together where dbt_project_path is not")
        if project_name:
            self.project_name = project_name
        if dbt_project_path:
            self.dbt_project_path = Path(dbt_project_path)
            self.models_path = self.dbt_project_path / Path(models_relative_path)
            self.seeds_path = self.dbt_project_path / Path(seeds_relative_path)
            self.snapshots_path = self.dbt_project_path / Path(snapshots_relative_path)
            if not project_name:
                self.project_name = self.dbt_project_path.stem
        if manifest_path:
            self.manifest_path = manifest_path
        self.env_vars = env_vars
        self.dbt_vars = dbt_vars
        self.partial_parse = partial_parse
        self.install_dbt_deps = install_dbt_deps
        self.copy_dbt_packages = copy_dbt_packages


class ProfileConfig:
    def __init__(self, profile_name, target_name, profiles_yml_filepath=None, profile_mapping=None):
        if not profiles_yml_filepath and not profile_mapping:
            raise CosmosValueError("one of profiles_yml_filepath and profile_mapping must be given")
        if profiles_yml_filepath and profile_mapping:
            raise CosmosValueError("only one of profiles_yml_filepath and profile_mapping may be given")
        self.profile_name = profile_name
        self.target_name = target_name
        self.profiles_yml_filepath = profiles_yml_filepath
        self.profile_mapping = profile_mapping


class RenderConfig:
    def __init__(
        self,
        emit_datasets=True,
        test_behavior=TestBehavior.AFTER_EACH,
        load_method=LoadMode.AUTOMATIC,
        invocation_mode=InvocationMode.DBT_RUNNER,
        select=_NOTHING,
        exclude=_NOTHING,
        selector=None,
        dbt_deps=None,
        node_converters=None,
        node_conversion_by_task_group=True,
        dbt_executable_path="dbt",
        env_vars=None,
        dbt_project_path=None,
        dbt_ls_path=None,
        enable_mock_profile=True,
        group_nodes_by_folder=False,
        source_rendering_behavior=SourceRenderingBehavior.NONE,
        source_pruning=False,
        seed_rendering_behavior=SeedRenderingBehavior.ALWAYS,
        airflow_vars_to_purge_dbt_ls_cache=None,
        airflow_vars_to_purge_dbt_yaml_selectors_cache=None,
        normalize_task_id=None,
        normalize_task_display_name=None,
        should_detach_multiple_parents_tests=False,
        enable_owner_inheritance=True,
        ephemeral_models_as_empty_operator=True,
    ):
        if source_rendering_behavior is None:
            source_rendering_behavior = SourceRenderingBehavior.NONE
        if seed_rendering_behavior == SeedRenderingBehavior.WHEN_SEED_CHANGES and test_behavior == TestBehavior.BUILD:
            raise CosmosValueError("WHEN_SEED_CHANGES does not go with TestBehavior.BUILD")
        self.emit_datasets = emit_datasets
        self.test_behavior = test_behavior
        self.load_method = load_method
        self.invocation_mode = invocation_mode
        self.select = [] if select is _NOTHING else select
        self.exclude = [] if exclude is _NOTHING else exclude
        self.selector = selector
        self.dbt_deps = dbt_deps
        self.node_converters = node_converters
        self.node_conversion_by_task_group = node_conversion_by_task_group
        self.dbt_executable_path = dbt_executable_path
        self.env_vars = env_vars
        self.project_path = Path(dbt_project_path) if dbt_project_path else None
        self.dbt_ls_path = Path(dbt_ls_path) if dbt_ls_path else None
        self.enable_mock_profile = enable_mock_profile
        self.group_nodes_by_folder = group_nodes_by_folder
        self.source_rendering_behavior = source_rendering_behavior
        self.source_pruning = source_pruning
        self.seed_rendering_behavior = seed_rendering_behavior
        self.normalize_task_id = normalize_task_id
        self.normalize_task_display_name = normalize_task_display_name
        self.should_detach_multiple_parents_tests = should_detach_multiple_parents_tests
        self.enable_owner_inheritance = enable_owner_inheritance
        self.ephemeral_models_as_empty_operator = ephemeral_models_as_empty_operator

    @property
    def project_name(self):
        return Path(self.project_path).stem if self.project_path else ""


class ExecutionConfig:
    def __init__(
        self,
        execution_mode=ExecutionMode.LOCAL,
        invocation_mode=None,
        test_indirect_selection=TestIndirectSelection.EAGER,
        dbt_executable_path="dbt",
        install_dbt_deps=None,
        dbt_project_path=None,
        virtualenv_dir=None,
        async_py_requirements=None,
        setup_operator_args=None,
    ):
        if invocation_mode and execution_mode not in (ExecutionMode.WATCHER, ExecutionMode.LOCAL, ExecutionMode.VIRTUALENV):
            raise CosmosValueError("invocation_mode goes only with the execution modes watcher, local and virtualenv")
        if execution_mode == ExecutionMode.VIRTUALENV:
            if invocation_mode == InvocationMode.DBT_RUNNER:
                raise CosmosValueError("dbt_runner does not go with the execution mode virtualenv")
            invocation_mode = InvocationMode.SUBPROCESS
        self.execution_mode = execution_mode
        self.invocation_mode = invocation_mode
        self.test_indirect_selection = test_indirect_selection
        self.dbt_executable_path = dbt_executable_path
        self.install_dbt_deps = install_dbt_deps
        self.project_path = Path(dbt_project_path) if dbt_project_path else None
        self.virtualenv_dir = virtualenv_dir
        self.async_py_requirements = async_py_requirements
        self.setup_operator_args = setup_operator_args
