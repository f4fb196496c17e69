#include "adapters/seeded_id_source.h"

#include <chrono>

namespace livery::adapters {

Uuid SeededIdSource::Next() {
    std::array<std::uint8_t, 10> random{};
    const std::uint64_t high = random_();
    const std::uint64_t low = random_();
    for (std::size_t i = 0; i < random.size(); ++i)
        random[i] = static_cast<std::uint8_t>(i < 8 ? high >> (8 * i) : low >> (8 * (i - 8)));
    const auto since = clock_.Now().time_since_epoch();
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
    return MakeUuidV7(static_cast<std::uint64_t>(milliseconds), random);
}

}  // namespace livery::adapters
