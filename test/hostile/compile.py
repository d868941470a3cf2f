"""Says of each source whether CPython would compile it. Reads lines of JSON lists of texts; nothing is ever run."""
import json
import sys
import warnings

warnings.simplefilter("ignore")
print(json.dumps(list(sys.version_info[:3])), flush=True)


def judge(source):
    try:
        compile(source.encode("utf-8", "surrogatepass"), "mutant.py", "exec", dont_inherit=True)
    except BaseException as error:
        return [str(error)[:200], getattr(error, "lineno", None) or 0]
    return None


for line in sys.stdin:
    print(json.dumps([judge(source) for source in json.loads(line)]), flush=True)
