#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace livery::metrics {

// One metric with its samples, as it is at the moment of asking. Names and labels follow
// Prometheus: `livery_…`, seconds, `_total` for what only grows.
struct Metric {
    enum class Kind { kCounter, kGauge, kSummary };  // kSummary: a count and a sum
    struct Sample {
        std::vector<std::pair<std::string, std::string>> labels;
        double value = 0;         // the sum of a summary
        std::uint64_t count = 0;  // of a summary
    };
    std::string name;
    std::string help;
    Kind kind = Kind::kGauge;
    std::vector<Sample> samples;
};

// Answers GET /metrics on 127.0.0.1 in Prometheus' text format; the only door to prometheus-cpp.
// `read` is called on a thread of the endpoint for every scrape, and must not throw. Its end may
// take two seconds: the library looks for it no more often. After that nobody calls `read`.
class Endpoint {
 public:
    using Read = std::function<std::vector<Metric>()>;
    // Port 0: any free one. Throws std::runtime_error when it is taken.
    Endpoint(int port, Read read);
    ~Endpoint();
    int port() const;

 private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace livery::metrics
