"""The files of `config/` are found however harvester is installed."""

from __future__ import annotations

import importlib.util
import shutil

from harvester import shipped
from harvester.shipped import config_path


def test_a_checkout_has_them_beside_the_package():
    """In a checkout and an editable install the folder lies beside the package."""
    assert config_path("sites", "alalam.toml").is_file()


def test_a_wheel_has_them_inside(tmp_path):
    """In a wheel the folder lies inside the package, and that one wins."""
    package = tmp_path / "harvester"
    (package / "config" / "sites").mkdir(parents=True)
    (tmp_path / "config").mkdir()
    shutil.copy(shipped.__file__, package / "shipped.py")
    spec = importlib.util.spec_from_file_location("installed", package / "shipped.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.config_path("sites") == package.resolve() / "config" / "sites"
