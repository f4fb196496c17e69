#include "double_program.h"

#include <algorithm>
#include <csignal>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace livery::gateways::testing {

namespace {

http::Client::Options Loopback() {
    http::Client::Options options;
    options.allow_loopback = true;
    options.most_bytes = std::size_t{16} << 20;
    return options;
}

int PortSaidIn(const std::string& log) {
    std::ifstream in(log);
    std::string line;
    while (std::getline(in, line)) {
        if (line.rfind("listening on ", 0) == 0 && in.good()) return std::stoi(line.substr(13));
    }
    return 0;
}

}  // namespace

DoubleProgram::DoubleProgram(const std::string& name, std::string folder)
    : name_(name), folder_(std::move(folder)), client_(Loopback()) {
    Start(0);
}

void DoubleProgram::Start(int port) {
    const std::string log = folder_ + "/" + name_ + std::to_string(++starts_) + ".log";
    program_.emplace(process::ChildProcess::Start(
        {{LIVERY_NODE, LIVERY_SOURCE_DIR "/tests/doubles/" + name_ + ".mjs", "--data",
          folder_ + "/" + name_, "--port", std::to_string(port), "--alone"},
         log}));
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while ((port_ = PortSaidIn(log)) == 0) {
        if (!program_->Running() || std::chrono::steady_clock::now() > end)
            throw std::runtime_error("the double of " + name_ + " does not listen; see " + log);
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

void DoubleProgram::KillAndRestart() {
    program_->Stop(SIGKILL, std::chrono::seconds(5));
    program_.reset();
    Start(port_);
}

Json DoubleProgram::Act(const std::string& what, const Json& given) {
    http::OutgoingRequest request;
    request.method = "POST";
    request.url = url() + "/test/" + what;
    request.headers = {{"Content-Type", "application/json"}};
    request.body = given.dump();
    const auto exchanged = client_.Send(request, [] {});
    const auto* answer = std::get_if<http::IncomingAnswer>(&exchanged);
    if (answer == nullptr || answer->status != 200)
        throw std::runtime_error("the double did not do " + what + ": " +
                                 (answer != nullptr ? answer->body : "no answer"));
    return Json::parse(answer->body);
}

std::string DoubleProgram::Moved(const std::string& reference) {
    std::string text;
    const Json ledger = Act("ledger", Json::object());
    for (const Json& fact : ledger.at("facts")) {
        if (!fact.contains("moved") || fact.value("reference", "") != reference) continue;
        std::string currency = fact.at("currency").get<std::string>();
        std::transform(currency.begin(), currency.end(), currency.begin(),
                       [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
        text += fact.at("moved").get<std::string>() + " " +
                std::to_string(fact.at("amount").get<std::int64_t>()) + " " + currency + "\n";
    }
    return text;
}

}  // namespace livery::gateways::testing
