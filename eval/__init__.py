"""Quality on public benchmarks: one adapter per folder of the benchmark root."""
