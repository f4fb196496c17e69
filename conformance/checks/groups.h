#pragma once

#include "conformance/portal.h"

// The checks by name; checks.cpp has the table. Each throws Failed or NotApplicable.
namespace livery::conformance {

namespace load {
void ManifestSectionPresent(Shop& shop);
void ManifestMatchesEntry(Shop& shop);
void OnlyItsEntryExported(Shop& shop);
void LoadsWithNextMinor(Shop& shop);
void RefusesOtherMajor(Shop& shop);
void StaticInitDoesNothing(Shop& shop);
void NoUniqueOrWeakSymbols(Shop& shop);
void NeededLibrariesAllowed(Shop& shop);
void CreateDestroy1000Times(Shop& shop);
void TwoInstancesShareNothing(Shop& shop);
}  // namespace load

namespace conf {
void MissingKey(Shop& shop);
void UnknownKey(Shop& shop);
void SandboxVersusLive(Shop& shop);
void WrongSecretIsConfiguration(Shop& shop);
void BaseUrlOutsideIsRefused(Shop& shop);
void SchemaDocumentsEveryKey(Shop& shop);
}  // namespace conf

namespace desc {
void EveryDeclaredCapabilityWorks(Shop& shop);
void UndeclaredIsUnsupported(Shop& shop);
void UndeclaredCurrencyRefused(Shop& shop);
void BoundsOfAmounts(Shop& shop);
}  // namespace desc

namespace money {
void TwoDecimals(Shop& shop);
void ZeroDecimals(Shop& shop);
void ThreeDecimals(Shop& shop);
void ProviderExponent(Shop& shop);
void LargestAmount(Shop& shop);
void ZeroAndNegative(Shop& shop);
void EchoOfAmount(Shop& shop);
void EchoOfCurrency(Shop& shop);
void CapturesWithinAuthorised(Shop& shop);
void RefundsWithinCaptured(Shop& shop);
}  // namespace money

namespace flow {
void SaleOk(Shop& shop);
void AuthoriseCapture(Shop& shop);
void PartialCapture(Shop& shop);
void CaptureTwice(Shop& shop);
void CancelAuthorised(Shop& shop);
void CancelCaptured(Shop& shop);
void FullRefund(Shop& shop);
void TwoPartialRefunds(Shop& shop);
void RefundAboveCaptured(Shop& shop);
void AuthorisationExpires(Shop& shop);
void PendingThenSuccess(Shop& shop);
void PendingThenFailed(Shop& shop);
void LateFailure(Shop& shop);
void LookupByReference(Shop& shop);
void LookupUnknown(Shop& shop);
void UnmappedState(Shop& shop);
}  // namespace flow

namespace sca {
void RedirectReturned(Shop& shop);
void ReturnSuccess(Shop& shop);
void ReturnCancelled(Shop& shop);
void BrowserNeverReturns(Shop& shop);
void ForgedReturn(Shop& shop);
void ReturnTwice(Shop& shop);
void Frictionless(Shop& shop);
void OffSession(Shop& shop);
void ChallengeFailed(Shop& shop);
}  // namespace sca

namespace err {
void PublishedDeclines(Shop& shop);
void AdviceDoNotRetry(Shop& shop);
void RetryAfter(Shop& shop);
void ForbiddenIsConfiguration(Shop& shop);
void ServerErrorIsUnknown(Shop& shop);
void BadRequestNamesField(Shop& shop);
void BrokenAnswersNeverSuccess(Shop& shop);
void ErrorInSuccess(Shop& shop);
void RawCodeKept(Shop& shop);
}  // namespace err

namespace idem {
void KeyOnEveryUnsafe(Shop& shop);
void SameBytesOnResend(Shop& shop);
void DuplicateKeyOneCharge(Shop& shop);
void SameKeyOtherAmount(Shop& shop);
void ConcurrentSameKey(Shop& shop);
void WindowExpired(Shop& shop);
void ConflictResolved(Shop& shop);
void Replayed500(Shop& shop);
}  // namespace idem

namespace fault {
void RefusedConnect(Shop& shop);
void DnsOrTls(Shop& shop);
void ResetBeforeSend(Shop& shop);
void ResetAfterSend(Shop& shop);
void TimeoutAfterSend(Shop& shop);
void ResponseLost(Shop& shop);
void SlowDrip(Shop& shop);
void DuplicateResponse(Shop& shop);
void WrongBodies(Shop& shop);
void ClockJump(Shop& shop);
void HostKilled(Shop& shop);
}  // namespace fault

namespace hook {
void ValidSignature(Shop& shop);
void BadSignature(Shop& shop);
void OverRawBytes(Shop& shop);
void TooOldOrFuture(Shop& shop);
void SameIdAgain(Shop& shop);
void OutOfOrder(Shop& shop);
void OfOtherTenant(Shop& shop);
void BatchWithBadItem(Shop& shop);
void ExactAcknowledgement(Shop& shop);
void BeforeTheAnswer(Shop& shop);
void TwoSecrets(Shop& shop);
void UnknownType(Shop& shop);
void SaysPaidButIsNot(Shop& shop);
void ConstantTime(Shop& shop);
void OversizedBody(Shop& shop);
}  // namespace hook

namespace token {
void SetupThenCharge(Shop& shop);
void DetachThenCharge(Shop& shop);
void ExpiredMethod(Shop& shop);
void SetDefault(Shop& shop);
void OtherCustomer(Shop& shop);
void ConsentStored(Shop& shop);
void MandateRevoked(Shop& shop);
}  // namespace token

namespace recon {
void PagesComplete(Shop& shop);
void MissingHere(Shop& shop);
void MissingThere(Shop& shop);
void FeeReported(Shop& shop);
void DisputeReported(Shop& shop);
}  // namespace recon

namespace sec {
void SecretsNeverSaid(Shop& shop);
void NoSystemCalls(Shop& shop);
void ProvidersUrl(Shop& shop);
void LineBreaks(Shop& shop);
void OddNames(Shop& shop);
void CardNumbers(Shop& shop);
void PersonsInLogs(Shop& shop);
}  // namespace sec

namespace perf {
void ParallelPayments(Shop& shop);
void Overhead(Shop& shop);
void MemoryFlat(Shop& shop);
}  // namespace perf

namespace iso {
void ThrowInEveryOperation(Shop& shop);
void NotUtf8(Shop& shop);
void RestartKeepsService(Shop& shop);
void Crashes(Shop& shop);
void Loops(Shop& shop);
void MemoryBomb(Shop& shop);
void HugeAnswer(Shop& shop);
void FaultsOfOthers(Shop& shop);
}  // namespace iso

}  // namespace livery::conformance
