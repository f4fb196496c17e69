#include "cli/demo_seed.h"

#include <fstream>
#include <random>

#include <fmt/format.h>

#include "adapters/seeded_id_source.h"
#include "cli/runtime.h"
#include "config/yaml_document.h"

namespace livery::cli {

namespace fs = std::filesystem;

void DemoSeed::Run(const tenancy::House& house, const Host& host, const Progress& progress) const {
    // The day's beginning: whoever looks again today sees the same.
    const Instant now = std::chrono::floor<std::chrono::days>(host.clock.Now());
    if (!(std::ofstream(mark_) << "The demo data is not complete.\n").flush())
        throw std::runtime_error(fmt::format("{} cannot be written", mark_.string()));
    for (const auto& [id, site] : house.sites) SeedTenant(*site, now, host, progress);
    fs::remove(mark_);
}

void DemoSeed::SeedTenant(const tenancy::Site& site, Instant now, const Host& host,
                          const Progress& progress) const {
    const std::string& id = site.tenant.id.value();
    const fs::path file = tenants_dir_ / id / "demo.yaml";
    if (!fs::exists(file)) return;
    config::Problems problems;
    const auto script = config::LoadYaml(file, problems);
    if (!script) throw ConfigProblems(std::move(problems));
    progress(fmt::format("Making demo data for {}", id));
    std::seed_seq seed(id.begin(), id.end());
    std::mt19937_64 random(seed);
    std::mt19937_64 id_random(random());
    FixedClock past(now);
    adapters::SeededIdSource seeded(past, id_random);
    const adapters::SwitchableClock::Borrowed in_the_past(host.clock, past);
    const adapters::SwitchableIdSource::Borrowed by_seed(host.ids, seeded);
    for (const auto& demo : host.contributions.demos) {
        if (!site.tenant.Enables(demo.plugin)) continue;
        DemoContext context{site.tenant, random, past, now, *script, progress};
        demo.generator(context);
    }
}

}  // namespace livery::cli
