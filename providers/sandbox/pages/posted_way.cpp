#include "sandbox/pages/posted_way.h"

#include "sandbox/book/scenario.h"

namespace livery::sandbox {

namespace {

constexpr std::size_t kLongest = 8'000;

bool IsReachedByPost(int scenario) {
    const Scenario* found = ByNumber(scenario);
    return found != nullptr && found->course == Scenario::Course::kChallengeByPost;
}

std::map<std::string, std::string> Fields(const std::string& session,
                                          const std::string& return_url) {
    std::string request;
    while (request.size() < kLongest) request += session + "+/";
    return {{"PaReq", request + "=="}, {"MD", session + " \"<&>'%+"}, {"TermUrl", return_url}};
}

}  // namespace

bool IsReachedByPost(const Payment& payment) { return IsReachedByPost(payment.scenario); }
bool IsReachedByPost(const Setup& setup) { return IsReachedByPost(setup.scenario); }

std::map<std::string, std::string> PostedFields(const Payment& payment) {
    return Fields(payment.session, payment.return_url);
}
std::map<std::string, std::string> PostedFields(const Setup& setup) {
    return Fields(setup.session, setup.return_url);
}

}  // namespace livery::sandbox
