#include "conformance/bad_gateway.h"

#include <filesystem>
#include <stdexcept>

#include "conformance/portal.h"

namespace livery::conformance {

using gateways::HelperProcess;

std::string BadGateway::FileFor(const Shop& shop) {
    const std::filesystem::path helper = shop.options().helper_program;
    return (helper.parent_path() / "livery-vandal.so").string();
}

std::string BadGateway::OrderFor(const std::string& what) {
    return Order(what, 100, "EUR", "x").dump();
}

BadGateway::BadGateway(const Shop& shop, int megabytes) {
    auto started = HelperProcess::Start({shop.options().helper_program, FileFor(shop), megabytes});
    if (!started) throw std::runtime_error(started.error().message);
    helper_ = *std::move(started);
    const auto limit = HelperProcess::Clock::now() + std::chrono::seconds(10);
    if (helper_->Create("vandal", "{}", limit, desk_).answer.code != LIVERY_OK)
        throw std::runtime_error("the bad gateway does not begin");
}

HelperProcess::Outcome BadGateway::Do(const std::string& what, std::chrono::milliseconds limit) {
    const std::string order = OrderFor(what);
    return helper_->Invoke("vandal", {"payment.start/1", order, 1, {}},
                           HelperProcess::Clock::now() + limit, desk_);
}

}  // namespace livery::conformance
