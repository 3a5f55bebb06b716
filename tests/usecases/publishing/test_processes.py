"""Pages are made by pure functions of page models: any process makes the same bytes of them as this one."""

import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor

import pytest

from make import Desk, newsroom
from ovn_desk import assets
from ovn_desk.domain.workflow import Step
from ovn_desk.formats import FORMATS, markdown
from ovn_desk.usecases import reviewing, writing
from ovn_desk.usecases.publishing import building

SAMPLES = assets.folder() / "samples"


@pytest.fixture(scope="module")
def sample(tmp_path_factory, renderer):
    """The sample house with its articles approved."""
    store = newsroom(
        tmp_path_factory.mktemp("sample") / "newsroom.ovn", (SAMPLES / "openvoicenews.toml").read_text(encoding="utf-8")
    )
    desk = Desk(store, renderer)
    with store.read() as reading:
        house = reading.house()
    for path in sorted(SAMPLES.glob("*.md")):
        article = writing.start(store, markdown.read(path.read_text(encoding="utf-8"), house), by=desk.reporter)
        reviewing.take_step(store, article, Step.FILE, by=desk.chief, override="A sample.")
        desk.step(article, Step.TAKE, desk.chief)
        reviewing.approve(store, article, by=desk.chief, renderer=renderer, override="A sample.")
    yield desk
    store.close()


@pytest.fixture(scope="module")
def pool():
    """A process that was started anew, so that it has nothing of this one but what it is sent."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as made:
        yield made


def call(task):
    return task()


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "pdf"])
def test_another_process_makes_the_same_files(sample, pool, name):
    with building.prepare(sample.store, None, sample.chief.person, sample.renderer, name) as build:
        tasks = {file.path: file.task(build.complete) for file in build.files if file.path not in build.edition.images}
        here = {path: task() for path, task in tasks.items()}
        assert len(here) >= 1
        elsewhere = dict(zip(tasks, pool.map(call, tasks.values(), chunksize=20), strict=True))
        assert {path for path in here if here[path] != elsewhere[path]} == set()


def test_what_a_page_is_made_of_is_data_and_says_all_of_itself(sample):
    with building.prepare(sample.store, None, sample.chief.person, sample.renderer, "site") as build:
        for model in build.edition.models:
            whole = build.complete(model)
            assert whole.html
            assert whole.proof
            assert pickle.loads(pickle.dumps(whole)) == whole
