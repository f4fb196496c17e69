#pragma once

#include <random>

#include <livery/ids.h>
#include <livery/time/clock.h>

namespace livery::adapters {

// UUIDv7 whose random part comes from a seeded generator: the same seed at the same times gives the
// same ids. For demo data only: whoever knows the seed knows the ids. Thread: one.
class SeededIdSource final : public IdSource {
 public:
    SeededIdSource(const Clock& clock, std::mt19937_64& random) : clock_(clock), random_(random) {}
    Uuid Next() override;

 private:
    const Clock& clock_;
    std::mt19937_64& random_;
};

}  // namespace livery::adapters
