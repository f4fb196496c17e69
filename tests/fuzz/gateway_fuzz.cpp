// What comes from gateways and from who claims to be a provider: files, manifests, frames of the
// helper process, signatures, lines for the log.

#include "gateways/gateway_manifest.h"
#include "gateways/helper_frame.h"
#include "gateways/masking.h"
#include "gateways/webhook.h"
#include "host/elf_section.h"
#include "require.h"

namespace livery::fuzz {
namespace {

using namespace gateways;  // NOLINT(google-build-using-namespace)

void CheckFrame(std::string_view bytes) {
    const auto frame = HelperFrame::Decode(bytes);
    if (frame) Require(frame->Encode() == bytes, "a frame that is read is one that was written");
}

void CheckManifest(const std::string& bytes) {
    const auto section = host::ReadElfSection(bytes, ".livery.manifest");
    const auto manifest = GatewayManifest::Parse(section ? *section : bytes);
    if (manifest) Require(!manifest->id.empty() && manifest->abi_major == 1, "it says who it is");
}

// Nobody who does not know the key is taken for who does.
void CheckSignature(const std::string& header) {
    WebhookScheme scheme;
    scheme.header = "X-Signature";
    scheme.hash = "sha256";
    scheme.encoding = "hex";
    const std::map<std::string, std::string> headers{{"x-signature", header}};
    for (const char* form : {"{mac}", "v1,{mac}", "t={time},v1={mac}"}) {
        scheme.form = form;
        scheme.signs = scheme.form.find("{time}") == std::string::npos ? "{body}" : "{time}.{body}";
        const std::string objection =
            WebhookObjection(scheme, {"", headers, "{}"}, {"a key"}, std::chrono::seconds(1));
        Require(!objection.empty(), "nobody guesses a signature");
    }
}

void CheckMasked(std::string_view line) {
    const std::string masked = Masked(line, {});
    Require(masked.size() == line.size(), "masking changes digits alone");
    Require(Masked(masked, {}) == masked, "nothing is left to mask");
}

}  // namespace
}  // namespace livery::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(livery::fuzz::TextOf(data, size));
    livery::fuzz::CheckFrame(bytes);
    livery::fuzz::CheckManifest(bytes);
    livery::fuzz::CheckSignature(bytes);
    livery::fuzz::CheckMasked(bytes);
    return 0;
}
