import type { NativeCall } from '../values.js';

/**
 * `airflow.operators.python.is_venv_installed()`: whether `virtualenv` is on the machine. What the repository asks for is
 * taken as what is there; of an image nothing is known but its name, and Airflow's own has the package.
 */
export const isVenvInstalled: NativeCall = (rt, _args, _keywords, place) => {
  const { asksForVirtualenv, airflowVersion } = rt.repository;
  if (asksForVirtualenv === true) {
    rt.assume('package', 'virtualenv is installed: the requirements of the repository name it', place);
    return true;
  }
  if (airflowVersion.source === 'dockerfile') return rt.unknown('environment', 'whether virtualenv is installed depends on the image', place);
  rt.assume('package', 'virtualenv is not installed: no requirements file of the repository names it', place);
  return false;
};
